package dev.slipway.cli;

import dev.slipway.cli.machine.Home;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.util.List;

/** The user that programs are to run as, as whoever names it is told about it. */
final class ProgramUser {
    private static final String ROOT = "root";

    private ProgramUser() {}

    /** @throws CommandFailed if this machine knows no such user */
    static void require(String user) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
        } catch (IOException | UnsupportedOperationException unknown) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "there is no user '%s' on this machine: make one, useradd --system %s".formatted(user, user),
                    unknown);
        }
    }

    /** Lets programs of others pass through a home of root's, which otherwise nobody but root enters. */
    static List<String> letPass(Home home) {
        String caller = System.getProperty("user.name", "");
        if (!ROOT.equals(caller)) {
            return List.of(
                    "note  Slipway must be run by root for that, and you are %s: as anybody else it starts nothing for them"
                            .formatted(caller));
        }
        home.letOthersPass();
        return List.of("note  others may pass through %s now, and see nothing in it but their programs"
                .formatted(home.root()));
    }
}
