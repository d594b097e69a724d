package dev.slipway.cli;

import dev.slipway.cli.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A viewer's and an approver's shell beside a stand-in for Slipway: commands are run, and what they said is kept until the next one. */
final class AskedShell implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StandInGateway gateway = new StandInGateway();
    private final Path folder;

    /** @param folder of its own, in which there is no home yet */
    AskedShell(Path folder) throws IOException {
        this.folder = folder;
    }

    StandInGateway gateway() {
        return gateway;
    }

    /** @return exit status */
    int run(String... arguments) {
        out.reset();
        err.reset();
        PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of(
                "SLIPWAY_HOME",
                folder.resolve("home").toString(),
                "SLIPWAY_URL",
                gateway.url(),
                "SLIPWAY_TOKEN_VIEWER",
                "token",
                "SLIPWAY_TOKEN_APPROVER",
                "token",
                "SLIPWAY_TOKEN_OPERATOR",
                "token",
                "SLIPWAY_TOKEN_PUBLISHER",
                "token",
                "PATH", // by which git is found
                System.getenv().getOrDefault("PATH", ""));
        return Slipway.commandLine(new Shell(said, complained, false, 80, environment), Clock.systemUTC())
                .execute(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
