"""Forms: which fields a page shows, and in what words. Their rules come from the model's JSON schema."""
