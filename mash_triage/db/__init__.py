"""The database: engine, keys, schema, migrations, backups, and faults in words."""
