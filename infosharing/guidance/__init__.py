"""The guide: what is suggested, whether consent can be relied on, what is still missing.

Pure Python. No Django, no clock, no database: the date is one of the facts. The only files
read are the packs that ship beside this module.
"""
