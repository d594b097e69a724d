package dev.slipway.cli;

import dev.slipway.cli.gateway.ProofClient;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.proof.AnsweredFiles;
import dev.slipway.cli.proof.Bundle;
import dev.slipway.cli.proof.ProofArchive;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.GoneReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts what proves a release into a file. */
final class Exporting {
    private final CommandContext context;

    Exporting(CommandContext context) {
        this.context = context;
    }

    /**
     * What was written.
     *
     * @param closed whether the release has ended, so that its record is signed
     * @param gone reports that went by retention: a check of the file says so, and the rest of it is checked
     * @param files that stand with answers
     * @param missing reports that verdicts rest on, and files, that are not kept any more: a check of the file says so too
     */
    record Exported(
            String file,
            int records,
            int verdicts,
            int reports,
            int files,
            boolean closed,
            List<String> gone,
            List<String> missing) {
        List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add("%s: %d records, %d verdicts, %d reports%s"
                    .formatted(
                            file,
                            records,
                            verdicts,
                            reports,
                            files == 0 ? "" : ", " + Texts.counted(files, "file of answers", "files of answers")));
            lines.addAll(gone);
            missing.forEach(what -> lines.add("not kept any more: " + what));
            lines.add(
                    closed
                            ? "next: ./slipway verify --file " + file
                            : "the release has not ended: nothing in the file is signed yet, which a check of it says; export it again then");
            return lines;
        }
    }

    Exported of(String release, Path file) {
        String application = VerifyCommand.application(release);
        String token = context.access().token(Role.OPERATOR);
        ProofClient client = new ProofClient(context.gateway());
        ProofClient.Verdicts verdicts = client.verdicts(application, release, token);
        Bundle bundle = new Bundle(
                client.proof(release, token),
                verdicts.records(),
                client.seconds(application, release, token),
                verdicts.gone(),
                client.retention(release, token));
        Map<Digest, GoneReport> gone =
                verdicts.gone().stream().collect(Collectors.toMap(GoneReport::digest, each -> each));
        SortedMap<Digest, byte[]> reports = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (Digest digest : bundle.reports().stream().sorted().toList()) {
            if (gone.containsKey(digest)) {
                continue;
            }
            client.report(application, digest, token)
                    .ifPresentOrElse(
                            bytes -> reports.put(digest, bytes), () -> missing.add("report " + digest.value()));
        }
        SortedMap<Digest, byte[]> files = new TreeMap<>();
        Requests requests = new Requests(context.gateway());
        for (AnsweredFiles.Named named : AnsweredFiles.of(bundle)) {
            requests.file(release, named.digest(), token)
                    .ifPresentOrElse(
                            bytes -> files.put(named.digest(), bytes),
                            () -> missing.add("file %s, %s".formatted(named.name(), named.digest())));
        }
        try {
            ProofArchive.of(bundle, reports, files).write(file);
        } catch (IOException unwritable) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot write %s: choose another file with --to".formatted(file), unwritable);
        }
        return new Exported(
                file.toString(),
                bundle.proof().records().size(),
                bundle.verdicts().size(),
                reports.size(),
                files.size(),
                bundle.hasEnded(),
                verdicts.gone().stream().map(GoneReport::text).toList(),
                missing);
    }
}
