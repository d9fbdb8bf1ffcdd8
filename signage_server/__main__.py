"""`python -m signage_server` is the command `signage-server`."""

from signage_server.cli import main

if __name__ == "__main__":
    main(prog_name="signage-server")
