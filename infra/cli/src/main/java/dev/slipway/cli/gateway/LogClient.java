package dev.slipway.cli.gateway;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.ProgramLogView;
import dev.slipway.demo.Gateways;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What released programs wrote, through the gateway. */
public final class LogClient {
    private static final List<String> ENVIRONMENTS = List.of(EnvironmentId.PRODUCTION, EnvironmentId.STAGING);

    private final GatewayClient gateway;
    private final Supplier<String> token;

    /** @param token of an operator; asked for again and again, as one may expire while a log is followed */
    public LogClient(GatewayClient gateway, Supplier<String> token) {
        this.gateway = gateway;
        this.token = token;
    }

    /**
     * A version's program.
     *
     * @param version or an attempt at it, such as {@code 1.0.0~2}
     * @param environment null for whichever it was started in
     */
    public record Program(
            ApplicationName application,
            String version,
            @Nullable EnvironmentId environment) {
        /** @param text as APP@VERSION */
        public static Program named(String text) {
            int at = text.indexOf('@');
            try {
                if (at < 1 || at == text.length() - 1) {
                    throw new IllegalArgumentException("no version");
                }
                return new Program(new ApplicationName(text.substring(0, at)), text.substring(at + 1), null);
            } catch (IllegalArgumentException wrong) {
                throw new CommandFailed(
                        ExitCode.USAGE, "a released program is APP@VERSION, such as hello@1.2.0, not " + text, wrong);
            }
        }

        public Program in(EnvironmentId where) {
            return new Program(application, version, where);
        }
    }

    /** The last lines; without an environment those of production, or of staging if it was never started there. */
    public ProgramLogView last(Program program, int lines) {
        String rest = "&lines=" + lines;
        if (program.environment() != null) {
            return ask(program, program.environment(), rest);
        }
        Optional<ProgramLogView> first = Optional.empty();
        for (String name : ENVIRONMENTS) {
            first = first.or(() -> gateway.find(
                    path(program, new EnvironmentId(program.application(), name), rest),
                    token.get(),
                    ProgramLogView.class));
        }
        return first.orElseThrow(() -> new CommandFailed(
                ExitCode.USAGE,
                "no log of %s@%s is kept: it was never started, or its program ended too long ago; see ./slipway app show %s"
                        .formatted(
                                program.application().value(),
                                program.version(),
                                program.application().value())));
    }

    /** What follows that place. */
    public ProgramLogView from(Program program, long place) {
        EnvironmentId environment = program.environment();
        if (environment == null) {
            throw new IllegalArgumentException("A place is one in the log of an environment");
        }
        return ask(program, environment, "&from=" + place);
    }

    private ProgramLogView ask(Program program, EnvironmentId environment, String rest) {
        return GatewayClient.read(gateway.get(path(program, environment, rest), token.get()), ProgramLogView.class);
    }

    private static String path(Program program, EnvironmentId environment, String rest) {
        return "/api/v1/environments/%s/logs?version=%s%s"
                .formatted(environment, Gateways.encode(program.version()), rest);
    }
}
