"""What people type: commands without logic of their own."""
