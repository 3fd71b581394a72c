"""Made-up names; the same random numbers give the same ones."""

from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Final

_FIRST = (
    "Aaliyah Abdul Adaeze Agnieszka Aidan Aisling Alejandra Amara Amir Anaïs Andrzej Angharad "
    "Anjali Antoni Ayaan Ayesha Babatunde Beatrix Benedikt Bethan Błażej Bronwen Callum Camille "
    "Chiara Chinwe Cormac Cian Dafydd Dalia Damilola Daisy Deepa Dinesh Dmitri Ebele Eilidh "
    "Eleri Elif Emeka Esme Ewa Fatima Fergus Finlay Florence Folasade Freya Gareth Georgia "
    "Grace Grzegorz Gwilym Hamza Harriet Hassan Hédi Ibrahim Imogen Ines Isla Ivo Jadwiga Jakub "
    "Jamal Jasmin Joanna Jürgen Kamila Karim Kasia Keira Kenji Khadija Kofi Lamar Leila Lidia "
    "Linh Lorcan Łucja Maciej Mahnoor Małgorzata Marcus Mei Mihai Minh Mirela Mohammed Morag "
    "Nadia Naoki Niamh Nikolai Noor Nuala Oisín Olu Orla Oskar Patryk Pearl Quang Rhiannon "
    "Rohan Rosalind Rubén Sadia Saffron Seren Shanice Siân Simone Sorcha Stanisław Tamsin Tariq "
    "Temi Thandiwe Theo Tove Uche Vivek Wanjiru Wiktoria Yara Yusuf Zahra Zainab Zofia Zoë"
)
FIRST: Final = _FIRST.split()
_LAST = (
    "Abbasi Acheampong Adeleke Ahmed Akhtar Albright Andersson Appleyard Armitage Ashworth Aziz "
    "Bakare Balogun Banerjee Barlow Begum Bielecki Birtwistle Boateng Bowen Brannigan "
    "Brzeziński Burgess Cadwallader Campbell Cárdenas Castellanos Chaudhry Chen Chowdhury "
    "Cooper Cwik Daly Davies Delgado Desai Diallo Dobrowolski Donnelly Dubois Eccles Edwards "
    "Ekwueme Ellis Evans Farrell Fashola Fernandes Finch Fitzgerald Fletcher Fofanah Gallagher "
    "Garside Ghosh Gill Głowacki Goldberg Griffiths Grzelak Gupta Haddad Hargreaves Hassan "
    "Hayward Hernández Hopkins Horvath Hussain Ibekwe Iqbal Ivanov Jabłoński James Jankowski "
    "Jenkins Joshi Kaczmarek Kamara Kaur Kelly Khan Kimani Kovács Kowalczyk Kumar Kwarteng "
    "Lewandowski Lister Llewellyn Lopes Łuczak Mahmood Malik Mazur McAllister Mensah Mirza "
    "Mistry Morris Moyo Murphy Mwangi Nakamura Ncube Nguyen Novak Nowicki O’Brien O’Neill Obi "
    "Odhiambo Okafor Oladipo Osei Owusu Pacheco Patel Pawlak Petrov Phillips Popescu Price "
    "Quigley Qureshi Rahman Ramsbottom Rees Reid Rodrigues Rossi Ryan Sadowski Saleh Sawyer "
    "Schofield Sesay Shah Sharma Siddiqui Singh Sithole Smith Stewart Sutcliffe Szymański "
    "Tanaka Taylor Thapa Thomas Tran Turner Uddin Valentine Vasquez Walsh Warsame Wilkinson "
    "Williams Wójcik Wood Wright Yeboah Yilmaz Zając Zhang Zieliński"
)
LAST: Final = _LAST.split()
_PLACES = (
    "Abbot Alder Ash Beacon Birch Bridge Canal Castle Cedar Chapel Church Cross Dale Eastfield "
    "Elm Fern Forge Garden Gate Glebe Grange Harbour Hawthorn Hazel Heath High Holly Jubilee "
    "Kiln Lake Lime Long Maple Market Meadow Mill Moor North Oak Orchard Park Priory Quarry "
    "River Rowan Sand South Spring Station Stone Sycamore Thorn Tower Valley Wells West Willow "
    "Wood Yew"
)
PLACES: Final = _PLACES.split()
KINDS: Final = ("Lane School", "Road Primary School", "Academy", "Hill College", "Street School")


def school(number: int) -> str:
    """Return the name of the school with a number from 0; no two are called alike."""
    kind, place = divmod(number, len(PLACES))
    turn, kind = divmod(kind, len(KINDS))
    return f"{PLACES[place]} {KINDS[kind]}" + (f" {turn + 1}" if turn else "")


class Namer:
    """New names for those of one copy: who shares a family name still does."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._families: dict[str, str] = {}

    def person(self, name: str) -> str:
        """Return another name for somebody."""
        *_, family = name.split()
        if family not in self._families:
            self._families[family] = self._family()
        return f"{self.first()} {self._families[family]}"

    def first(self) -> str:
        """Return a first name."""
        return self._random.choice(FIRST)

    def _family(self) -> str:
        found = self._random.choice(LAST)
        if self._random.random() < 0.25:
            found += f"-{self._random.choice(LAST)}"
        return found


def names_among(rows: Iterable[Mapping[str, str]], column: str, *, doubt: bool) -> Iterator[str]:
    """Yield the names in a column; where there is ``doubt``, only what reads like somebody's."""
    for row in rows:
        words = row[column].split()
        likely = all(word[0].isupper() and word[-1].isalpha() for word in words)
        if len(words) > 1 and (likely or not doubt):
            yield row[column]
