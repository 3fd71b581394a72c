from django.db import models

from infosharing.audit.history import tracked
from infosharing.identifiers import Identified


class Thing(Identified):
    """Protected, without history."""

    name = models.CharField(max_length=50, default="thing")
    code = models.CharField(max_length=50, null=True, unique=True)
    tags = models.ManyToManyField("Tag")

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """Goes when its thing goes."""

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="parts")

    def __str__(self) -> str:
        return str(self.pk)


class Tag(models.Model):
    """The other side of a many-to-many field."""

    name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.name


class Kept(Identified):
    """Protected, with history."""

    name = models.CharField(max_length=50, default="kept")

    history = tracked()

    def __str__(self) -> str:
        return self.name


class KeptPart(models.Model):
    """With history, and goes when what it is part of goes."""

    kept = models.ForeignKey(Kept, on_delete=models.CASCADE, related_name="parts")

    history = tracked()

    def __str__(self) -> str:
        return str(self.pk)


class Loose(models.Model):
    """Anybody may change it."""

    unprotected_because = "counters say nothing about anybody"

    name = models.CharField(max_length=50, default="loose")

    def __str__(self) -> str:
        return self.name


class Sealed(models.Model):
    """Rows may only be added."""

    append_only = True
    unprotected_because = "only its triggers are looked at"

    code = models.CharField(max_length=50, primary_key=True)
    first = models.IntegerField(null=True)
    second = models.IntegerField(null=True)
    third = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="auditsample_sealed_pair"),
            models.UniqueConstraint(
                fields=["third"],
                condition=models.Q(third__gt=0),
                name="auditsample_sealed_third",
            ),
        ]

    def __str__(self) -> str:
        return self.code
