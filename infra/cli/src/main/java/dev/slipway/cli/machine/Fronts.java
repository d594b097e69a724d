package dev.slipway.cli.machine;

import dev.slipway.cli.gateway.Address;
import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where applications are reached through each gateway: it alone knows whether that is with TLS. */
final class Fronts {
    private static final Duration TOKEN_TTL = Duration.ofMinutes(1);

    private Fronts() {}

    /** In the order of the gateways; of one that does not tell, the port that it was given. */
    static List<URI> of(Home home, Plan plan, Instant now) {
        String token = new Tokens(IssuerKey.load(home))
                .issue(new Tokens.Bearer("up", "up@localhost"), List.of(Role.VIEWER), now, TOKEN_TTL);
        List<Integer> gateways = plan.ports(Program.GATEWAY);
        List<Integer> fronts = plan.fronts();
        List<URI> all = new ArrayList<>();
        for (int i = 0; i < fronts.size(); i++) {
            all.add(of(local(gateways.get(i)), local(fronts.get(i)), token));
        }
        return all;
    }

    static URI of(URI gateway, URI planned, String token) {
        try {
            return Address.front(gateway, new GatewayClient(gateway).front(token));
        } catch (CommandFailed noAnswer) {
            return planned;
        }
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
