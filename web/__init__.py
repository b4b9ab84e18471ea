"""What people see: pages and a read API over the engine's projections and the directory."""
