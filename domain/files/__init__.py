"""Files in the object storage: a folder or a bucket, the same for all that is kept beside the database."""
