package dev.slipway.cli;

import dev.slipway.cli.gateway.Access;
import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.machine.Home;
import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.WireJson;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What all commands have in common: where the home is, how they speak, whom they ask. */
final class CommandContext {
    private static final JsonMapper JSON = WireJson.mapper()
            .rebuild()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final Pattern ACTED_ON =
            Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private final Shell shell;
    private final Clock clock;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "Where Slipway keeps everything (SLIPWAY_HOME, else .slipway beside the script).")
    private Path home;

    @Option(
            names = "--json",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "Answer in JSON on standard output.")
    private boolean json;

    CommandContext(Shell shell, Clock clock) {
        this.shell = shell;
        this.clock = clock;
        this.home = Path.of(shell.variable("SLIPWAY_HOME").orElse(".slipway"));
    }

    Home home() {
        return new Home(home);
    }

    boolean json() {
        return json;
    }

    Clock clock() {
        return clock;
    }

    /** Where plain lines go: beside the JSON where there is some. */
    Shell shell() {
        return json ? shell.aside() : shell;
    }

    /** The caller's own, for what is the answer itself. */
    Shell answers() {
        return shell;
    }

    Access access() {
        return new Access(home(), shell, clock);
    }

    GatewayClient gateway() {
        return new GatewayClient(access().urls());
    }

    ZoneId zone() {
        return ZoneId.systemDefault();
    }

    /** The same, where the other stream is a command's own: JSON is for it alone, lines go aside. */
    void answerAside(Object value, Iterable<String> lines) {
        if (json) {
            answer(value, lines);
        } else {
            lines.forEach(shell.aside()::say);
        }
    }

    /** Answers with a value in JSON, whatever was asked for besides. */
    void answerInJson(Object value) {
        shell.sayAsIs(escaped(JSON.writeValueAsString(value)));
    }

    /** The same JSON without a character that a terminal acts on: the writer itself escapes the first 32 alone. */
    private static String escaped(String json) {
        return ACTED_ON.matcher(json)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }

    /** Answers with a value, in JSON or in lines. */
    void answer(Object value, Iterable<String> lines) {
        if (json) {
            answerInJson(value);
        } else {
            lines.forEach(shell::say);
        }
    }
}
