package dev.slipway.cli;

import dev.slipway.cli.gateway.Access;
import dev.slipway.cli.gateway.Role;
import java.net.URI;

/** Where the page is. The token stands in the fragment, which a browser keeps to itself. */
record PageAddress(String page) {
    static String of(Access access, URI gateway) {
        return "%s/#token=%s".formatted(gateway, access.token(Role.VIEWER));
    }
}
