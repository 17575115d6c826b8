"""A questionnaire with every kind of question, nested repeats and two languages, for data on its way out and in."""

from __future__ import annotations

EVERY_KIND = """
| survey | | | | | | | |
| | type | name | label::English (en) | label::French (fr) | appearance | relevant | parameters |
| | begin_group | about | About | À propos | | | |
| | text | title | =Title | =Titre | | | |
| | text | story | Story | Récit | multiline | | |
| | select_one yn | fee | Is there a fee? | Cotisation ? | | | |
| | integer | chf | Yearly fee | Montant | | ${fee} = 'yes' | |
| | decimal | share | Share | Part | | | |
| | range | mood | Mood | Humeur | | | start=0 end=10 step=1 |
| | select_multiple area | areas | Areas | Domaines | | | |
| | text | areas_other | Which other? | Lequel ? | | selected(${areas}, 'other') | |
| | rank area | order | In which order? | Ordre ? | | | |
| | select_one yn | scale | Scale | Échelle | likert | | |
| | end_group | | | | | | |
| | begin_group | when | When | Quand | | | |
| | date | day | Day | Jour | | | |
| | date | year | Year | Année | year | | |
| | time | hour | Hour | Heure | | | |
| | dateTime | moment | Moment | Moment | | | |
| | geopoint | place | Place | Lieu | | | |
| | geotrace | way | Way | Chemin | | | |
| | geoshape | land | Land | Terrain | | | |
| | file | paper | Paper | Document | | | |
| | acknowledge | read | Read? | Lu ? | | | |
| | note | thanks | Thank you | Merci | | | |
| | end_group | | | | | | |
| | begin_group | partners | Partners | Partenaires | | | |
| | begin_repeat | partner | Partner | Partenaire | | | |
| | text | who | Who? | Qui ? | | | |
| | select_multiple area | fields | Fields | Domaines | | | |
| | begin_repeat | meeting | Meeting | Réunion | | | |
| | date | held | Held on | Tenue le | | | |
| | text | where | Where? | Où ? | | | |
| | end_repeat | | | | | | |
| | end_repeat | | | | | | |
| | end_group | | | | | | |
| choices | | | | | | | |
| | list_name | name | label::English (en) | label::French (fr) | | | |
| | yn | yes | Yes | Oui | | | |
| | yn | no | No | Non | | | |
| | area | border | Border | Frontière | | | |
| | area | labour | Labour | Travail | | | |
| | area | other | Other | Autre | | | |
| settings | | | | | | | |
| | form_title | form_id | version | default_language | | | |
| | Every kind | kinds | 1 | English (en) | | | |
"""

ANSWERS = {
    "about/title": "=1+1", "about/story": "One line\nand another", "about/fee": "yes", "about/chf": "120000",
    "about/share": "12.50", "about/mood": "7", "about/areas": "labour other", "about/areas_other": "@Sea",
    "about/order": "other border", "about/scale": "no", "when/day": "2027-03-01", "when/year": "1985-01-01",
    "when/hour": "14:30", "when/moment": "2027-03-01T14:30:00.000+01:00", "when/place": "46.2044 6.1432 375 5",
    "when/way": "46.2 6.1;46.3 6.2", "when/land": "46.2 6.1;46.3 6.2;46.4 6.1;46.2 6.1", "when/read": "OK",
}  # fmt: skip
"""Stored texts of everything outside repeats."""
PARTNER, MEETING = "partners/partner", "meeting"
