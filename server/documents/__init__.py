"""Papers of sites and lifts: manuals, certificates with their last day, who may see them."""
