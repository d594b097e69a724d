package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import java.nio.file.Path;

/**
 * Copies what is built into the run folder: {@code HOME SOURCE}. The script {@code slipway} calls it before {@code up} and
 * {@code demo}, so that they, too, run from the copy.
 */
public final class Prepare {
    private static final int USAGE = 2;

    private Prepare() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: HOME SOURCE");
            System.exit(USAGE);
        }
        try {
            RunFolder.prepare(new Home(Path.of(arguments[0])), Path.of(arguments[1]));
        } catch (CommandFailed failed) {
            System.err.println("slipway: " + failed.getMessage());
            System.exit(failed.exitCode().code());
        }
    }
}
