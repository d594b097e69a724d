package dev.slipway.cli;

import dev.slipway.chain.ProofKeys;
import dev.slipway.cli.gateway.ProofClient;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.proof.Bundle;
import dev.slipway.cli.proof.BundleCheck;
import dev.slipway.cli.proof.ProofArchive;
import dev.slipway.cli.proof.Verified;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway verify} */
@Command(
        name = "verify",
        description = {
            "Check the record of a release: that nothing in it was changed, dropped or moved since, that it is closed by a",
            "signature, that its gates' rules say the same of the stored reports, the judge of the stored seconds, and that",
            "files which stand with answers are those that were handed in.",
            "Exit code 1 if anything does not agree."
        },
        footer = {
            "",
            "Examples:",
            "  slipway verify hello@1.0.0",
            "  slipway verify hello@1.0.0 --file hello-1.0.0.zip --key trusted.pem   # Slipway need not run"
        })
final class VerifyCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "RELEASE", description = "Such as hello@1.0.0.")
    private @Nullable String release;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "What evidence export wrote, instead of asking; with RELEASE it has to be of that one.")
    private @Nullable Path file;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Public key in PEM that is believed; may be repeated (those that come with the record).")
    private @Nullable List<Path> keys;

    VerifyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (release == null && file == null) {
            throw new CommandFailed(ExitCode.USAGE, "check what? Name a release, or a file with --file");
        }
        Verified verified = file == null ? ofRelease(Objects.requireNonNull(release)) : ofFile(file);
        List<String> lines = new ArrayList<>(verified.lines());
        if (keys == null && verified.closed() != null) {
            lines.add("the keys came with the record: --key FILE believes yours alone");
        }
        context.answer(verified, lines);
        return verified.holds() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    private Verified ofFile(Path archive) {
        String named = release;
        if (named != null) {
            application(named);
        }
        Verified verified = ProofArchive.read(archive).check(believed());
        return named == null || named.equals(verified.release())
                ? verified
                : verified.with("it is the record of %s, and not of %s".formatted(verified.release(), named));
    }

    private Verified ofRelease(String named) {
        String token = context.access().token(Role.VIEWER);
        ProofClient client = new ProofClient(context.gateway());
        String application = application(named);
        ProofClient.Verdicts verdicts = client.verdicts(application, named, token);
        Bundle bundle = new Bundle(
                client.proof(named, token),
                verdicts.records(),
                client.seconds(application, named, token),
                verdicts.gone(),
                client.retention(named, token));
        List<String> ofRules = verdicts.faults() == null
                ? List.of("the service did not go over the verdicts again")
                : verdicts.faults().stream().map("verdicts: "::concat).toList();
        List<String> believed = believed();
        Requests requests = new Requests(context.gateway());
        return BundleCheck.of(
                        bundle,
                        ProofKeys.of(believed.isEmpty() ? bundle.proof().keys() : believed),
                        ofRules,
                        digest -> requests.file(named, digest, token))
                .reading(verdicts.readOtherwise());
    }

    static String application(String release) {
        try {
            return new ReleaseId(release).application().value();
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(ExitCode.USAGE, Objects.requireNonNull(wrong.getMessage()), wrong);
        }
    }

    private List<String> believed() {
        List<String> pems = new ArrayList<>();
        for (Path key : keys == null ? List.<Path>of() : keys) {
            try {
                String pem = Files.readString(key);
                ProofKeys.of(List.of(pem));
                pems.add(pem);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new CommandFailed(
                        ExitCode.USAGE, "%s is no Ed25519 public key in PEM".formatted(key), unreadable);
            }
        }
        return pems;
    }
}
