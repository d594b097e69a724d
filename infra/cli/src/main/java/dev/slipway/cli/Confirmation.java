package dev.slipway.cli;

import dev.slipway.cli.shell.Shell;
import java.io.Console;
import java.util.Optional;

/** Asks a person. Where nobody can answer, the answer is no. */
final class Confirmation {
    private Confirmation() {}

    static boolean given(Shell shell, String question) {
        if (!shell.terminal()) {
            return false;
        }
        return Optional.ofNullable(System.console()) // none where standard input is no terminal
                .filter(Console::isTerminal)
                .map(console -> console.readLine("%s [y/N] ", question))
                .filter(answer -> answer.strip().equalsIgnoreCase("y"))
                .isPresent();
    }
}
