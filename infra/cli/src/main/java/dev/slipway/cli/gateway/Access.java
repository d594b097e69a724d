package dev.slipway.cli.gateway;

import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.IssuerKey;
import dev.slipway.cli.machine.ProcessTable;
import dev.slipway.cli.machine.Program;
import dev.slipway.cli.machine.Tokens;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Shell;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where Slipway is, and with which tokens it is asked: with {@code SLIPWAY_URL} in the environment there, with the tokens
 * of {@code SLIPWAY_TOKEN_<ROLE>}; else the one of this machine's home, with tokens of its own issuer.
 */
public final class Access {
    private static final Duration TTL = Duration.ofMinutes(30);

    private final Home home;
    private final Shell shell;
    private final Clock clock;

    public Access(Home home, Shell shell, Clock clock) {
        this.home = home;
        this.shell = shell;
        this.clock = clock;
    }

    /** The first gateway. */
    public URI url() {
        return urls().getFirst();
    }

    /** Every gateway, the first first: of {@code SLIPWAY_URLS}, of {@code SLIPWAY_URL}, or of this machine. */
    public List<URI> urls() {
        return shell.variable("SLIPWAY_URLS")
                .or(() -> shell.variable("SLIPWAY_URL"))
                .map(Access::addresses)
                .orElseGet(this::local);
    }

    /** Where applications are reached, through every gateway, the first first. */
    public List<URI> fronts() {
        return urls().stream()
                .map(gateway -> Address.front(gateway, new GatewayClient(gateway).front(token(Role.VIEWER))))
                .toList();
    }

    private static List<URI> addresses(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(URI::create)
                .toList();
    }

    private List<URI> local() {
        List<URI> gateways = ProcessTable.load(home).alive(Program.GATEWAY).stream()
                .map(gateway -> URI.create("http://127.0.0.1:" + gateway.port()))
                .toList();
        if (gateways.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.UNREACHABLE,
                    "Slipway does not run from %s: start it with ./slipway up, or set SLIPWAY_URL"
                            .formatted(home.root()));
        }
        return gateways;
    }

    /** A token with a role, whoever it names. */
    public String token(Role role) {
        return shell.variable("SLIPWAY_TOKEN_" + role.name()).orElseGet(() -> {
            requireIssuer("set SLIPWAY_TOKEN_" + role.name());
            String name = role.name().toLowerCase(Locale.ROOT);
            return issue(new Tokens.Bearer(name, name + "@example.test"), role);
        });
    }

    /** A token that names a person, of this machine's issuer. */
    public String tokenOf(String email, Role role) {
        requireIssuer("leave --as away and set SLIPWAY_TOKEN_" + role.name());
        return issue(new Tokens.Bearer(email, email), role);
    }

    private void requireIssuer(String remedy) {
        if (!IssuerKey.exists(home)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%s has no issuer key: start Slipway with ./slipway up, or %s".formatted(home.root(), remedy));
        }
    }

    private String issue(Tokens.Bearer bearer, Role role) {
        return new Tokens(IssuerKey.load(home)).issue(bearer, List.of(role), clock.instant(), TTL);
    }
}
