"""What other archives hold: WARC and WACZ files, Memento and CDX servers. Knows no store and no page's meaning."""
