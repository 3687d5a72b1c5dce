"""Set-up: from a bare checkout to something that runs. Needs only Python 3.8 or later and the registries."""
