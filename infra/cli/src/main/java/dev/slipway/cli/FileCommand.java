package dev.slipway.cli;

import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.release.AnswerFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release file} */
@Command(
        name = "file",
        description = {
            "Save a file that stands with an answer to a duty. Its bytes are held to the digest that the answer has;",
            "what is there already is not written over."
        },
        footer = {
            "",
            "Example:",
            "  slipway release file hello@1.0.0 photo.png",
            "  slipway release file hello@1.0.0 sha256:9f86d081... --to photo-of-ben.png"
        })
final class FileCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "RELEASE", description = "Such as hello@1.0.0.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "Its name, or its digest; slipway release show names both.")
    private String wanted = "";

    @Option(names = "--to", paramLabel = "PATH", description = "Where to; under its name, here, if nobody says.")
    private @Nullable Path to;

    FileCommand(CommandContext context) {
        this.context = context;
    }

    /** What was saved. */
    record Saved(String path, AnswerFile file) {}

    @Override
    public Integer call() {
        String token = context.access().token(Role.VIEWER);
        AnswerFile file = one(context.gateway().release(id, token).duties().stream()
                .flatMap(duty -> duty.answers().stream())
                .flatMap(answer -> answer.files().stream())
                .toList());
        byte[] bytes = new Requests(context.gateway())
                .file(id, file.digest(), token)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.FAILED,
                        "%s is not kept any more: slipway evidence kept %s says what went".formatted(file.name(), id)));
        if (!Digest.of(bytes).equals(file.digest())) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "%s is not what its answer said: what came has digest %s; slipway verify %s says more"
                            .formatted(file.name(), Digest.of(bytes), id));
        }
        Path target = to == null ? Path.of(file.name()) : to;
        write(target, bytes);
        context.answer(
                new Saved(target.toString(), file),
                List.of("%s: %d bytes, %s".formatted(target, file.bytes(), file.digest())));
        return ExitCode.OK.code();
    }

    /** The same content under several names, or in several answers, is one. */
    private AnswerFile one(List<AnswerFile> all) {
        List<AnswerFile> found = all.stream()
                .filter(file ->
                        file.name().equals(wanted) || file.digest().value().equals(wanted))
                .toList();
        if (found.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "no answer of %s has a file %s; %s"
                            .formatted(id, wanted, all.isEmpty() ? "there are none" : "there are " + names(all)));
        }
        if (found.stream().map(AnswerFile::digest).distinct().count() > 1) {
            throw new CommandFailed(
                    ExitCode.USAGE, "several files are called %s; say which: %s".formatted(wanted, names(found)));
        }
        return found.getFirst();
    }

    private static String names(List<AnswerFile> files) {
        return files.stream()
                .map(file -> "%s (%s)".formatted(file.name(), file.digest()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static void write(Path target, byte[] bytes) {
        try {
            Files.write(target, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new CommandFailed(
                    ExitCode.USAGE, "%s is there already: choose another place with --to".formatted(target), there);
        } catch (IOException unwritable) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot write %s: choose another place with --to".formatted(target), unwritable);
        }
    }
}
