"""From the timeline to the wall: manifests, who gets which, and the sockets that carry them."""
