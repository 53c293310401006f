"""Making the demo province, stage by stage, in one transaction."""
