package dev.slipway.cli.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A unit of systemd that brings Slipway up when the machine comes up, and down before it goes, so that the end of each
 * application is known to be Slipway's own. It never builds: what it starts is what was built last.
 *
 * @param user whom Slipway runs as; null in a user's own unit, which knows that
 * @param script the script {@code slipway}
 * @param javaHome the JDK
 * @param path where programs are found, git among them
 * @param apiPort the gateway's; null takes the one by default
 * @param frontPort where applications are reached; null takes the one by default
 */
public record UnitFile(
        @Nullable String user,
        Path script,
        Path home,
        Path javaHome,
        String path,
        @Nullable Integer apiPort,
        @Nullable Integer frontPort) {
    public static final String NAME = "slipway.service";

    /** For a home, with the ports that it has now, if any. */
    public static UnitFile of(Home home, @Nullable String user, Path script, Path javaHome, String path) {
        Optional<Plan> plan = Plan.load(home);
        String gateway = Program.GATEWAY.processName();
        return new UnitFile(
                user,
                script,
                home.root(),
                javaHome,
                path,
                plan.flatMap(known -> known.port(gateway)).orElse(null),
                plan.flatMap(known -> known.front(gateway)).orElse(null));
    }

    /** Systemd takes a program with quotes in its path for none, but passes one on as an argument. */
    private static final String SHELL = "/bin/sh ";

    /** Where a user's own units are. */
    public static Path ofUser(Path userHome, @Nullable String configurationHome) {
        Path configuration = configurationHome == null ? userHome.resolve(".config") : Path.of(configurationHome);
        return configuration.resolve("systemd").resolve("user").resolve(NAME);
    }

    public static Path ofSystem() {
        return Path.of("/etc/systemd/system", NAME);
    }

    /** Whether a unit that is there is one for the same home, so that it may be replaced. */
    public boolean replaces(String content) {
        return content.contains(environment("SLIPWAY_HOME", home.toString()));
    }

    public String text() {
        List<String> lines = new ArrayList<>(List.of("# Written by slipway install.", "[Unit]", "Description=Slipway"));
        if (user != null) {
            lines.addAll(List.of("Wants=network-online.target", "After=network-online.target"));
        }
        lines.addAll(List.of("", "[Service]", "Type=oneshot", "RemainAfterExit=yes"));
        if (user != null) {
            lines.add("User=" + user.replace("%", "%%"));
        }
        lines.addAll(List.of(
                environment("SLIPWAY_HOME", home.toString()),
                environment("SLIPWAY_BUILD", "never"),
                environment("JAVA_HOME", javaHome.toString()),
                environment("PATH", path),
                "ExecStart=" + command("up" + ports()),
                "# 1: Slipway is up and an application does not answer; it is tried on",
                "SuccessExitStatus=1",
                "ExecReload=" + command("restart"),
                "ExecStop=" + command("down --yes"),
                "TimeoutStartSec=15min",
                "TimeoutStopSec=12min",
                "Delegate=yes",
                "",
                "[Install]",
                "WantedBy=" + (user == null ? "default.target" : "multi-user.target")));
        return String.join("\n", lines) + "\n";
    }

    private String ports() {
        return (apiPort == null ? "" : " --port " + apiPort) + (frontPort == null ? "" : " --front-port " + frontPort);
    }

    private String command(String verb) {
        return SHELL + quoted(script.toString().replace("$", "$$")) + " " + verb;
    }

    private static String environment(String name, String value) {
        return "Environment=" + quoted(name + "=" + value);
    }

    /** systemd.syntax(7) and systemd.unit(5): quotes, backslashes, and specifiers. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + "\"";
    }
}
