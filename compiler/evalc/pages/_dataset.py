"""What an eval is in the words of schema.org, for search engines."""

from evalc.base.digest import Content
from evalc.model.catalog import Eval, Vendor


def as_dataset(eval_: Eval, vendor: Vendor, *, address: str, description: str) -> dict[str, Content]:
    """The eval as a `Dataset`; addresses only where the site's own is known."""
    found: dict[str, Content] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": eval_.title,
        "description": description,
        "version": eval_.version,
        "isAccessibleForFree": True,
        "keywords": [eval_.category, *eval_.metrics, *eval_.tags],
        "about": {"@type": "Organization", "name": vendor.title},
    }
    if eval_.license:
        found["license"] = eval_.license
    if address:
        found["url"] = address
        found["distribution"] = [
            {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": f"{address}eval.json"}
        ]
    return found
