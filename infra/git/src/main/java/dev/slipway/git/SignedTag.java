package dev.slipway.git;

import dev.slipway.git.Answers.TagQuestion;
import dev.slipway.git.Answers.TagSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at one tag: that it names this revision and itself, and that {@code git verify-tag} finds it signed by a key that was
 * given. The keys lie in files that only this process may read, and go with the scratch repository; no keyring and no list of
 * signers of this machine is looked at.
 */
final class SignedTag {
    private static final int TAG_BYTES_MAX = 1_000_000;
    private static final Path GPG = Path.of("gpg");
    private static final String ALLOWED = "allowed-signers";
    private static final String RING = "gnupg";
    /** What ssh-keygen and gpg say of the key that has made a good signature. */
    private static final Pattern BY = Pattern.compile(
            "(?m)^Good \"git\" signature for \\S+ with \\S+ key (SHA256:\\S+)$|^\\[GNUPG:\\] VALIDSIG ([0-9A-F]+) ");

    private final Opened repository;
    private final TagQuestion question;

    SignedTag(Opened repository, TagQuestion question) {
        this.repository = repository;
        this.question = question;
    }

    TagSigned check() throws GitTrouble, Refused {
        Optional<String> names = repository.heads(List.of(), question.tag()).tag(question.tag());
        if (names.isEmpty()) {
            return new TagSigned.Unknown("There is no tag %s in %s so far. Make it: git tag -s %s %s, and push it"
                    .formatted(
                            question.tag(),
                            repository.address().shown(),
                            Names.quoted(question.tag()),
                            Names.brief(question.revision())));
        }
        if (!names.get().equals(question.revision())) {
            return new TagSigned.Not("The tag %s names the commit %s, and %s is released"
                    .formatted(question.tag(), Names.brief(names.get()), Names.brief(question.revision())));
        }
        String id = itself();
        if (id.equals(question.revision())) {
            return unsigned("is a lightweight tag, which holds nothing but a commit");
        }
        return said(id);
    }

    /** The tag's own id, where the list of heads tells what it finally names. */
    private String itself() throws GitTrouble, Refused {
        String ref = Heads.TAG + question.tag();
        String listed = repository
                .scratch()
                .must("ls-remote", "--end-of-options", repository.url(), ref)
                .text();
        for (String line : Folders.lines(listed)) {
            int tab = line.indexOf('\t');
            if (tab > 0 && line.substring(tab + 1).equals(ref) && Names.isId(line.substring(0, tab))) {
                return line.substring(0, tab);
            }
        }
        throw Refused.soFar("The tag %s has just gone".formatted(question.tag()));
    }

    private TagSigned said(String id) throws GitTrouble, Refused {
        Copy copy = repository.copy();
        if (copy != null) {
            copy.fetchTag(repository, question.tag(), id);
        }
        Scratch scratch = repository.scratch();
        String[] kind = scratch.fed(id + "\n", "cat-file", "--batch-check=%(objecttype) %(objectsize)")
                .text()
                .strip()
                .split(" ");
        if (!kind[0].equals("tag")) {
            return unsigned("is no annotated tag");
        }
        if (kind.length < 2 || Long.parseLong(kind[1]) > TAG_BYTES_MAX) {
            return new TagSigned.Unknown(
                    "The tag %s is larger than %,d bytes".formatted(question.tag(), TAG_BYTES_MAX));
        }
        String head = scratch.must("cat-file", "tag", id).raw().split("\n\n", 2)[0] + "\n";
        if (!head.startsWith("object " + question.revision() + "\ntype commit\ntag " + question.tag() + "\n")) {
            return new TagSigned.Not(
                    "The tag %s calls itself by another name, or names something else than the commit %s: what was signed is another tag"
                            .formatted(question.tag(), Names.brief(question.revision())));
        }
        return verified(id);
    }

    private TagSigned unsigned(String what) {
        return new TagSigned.Not(
                "The tag %1$s %2$s and is not signed. Sign it: git tag -f -s %3$s %4$s, and push it with --force"
                        .formatted(
                                question.tag(), what, Names.quoted(question.tag()), Names.brief(question.revision())));
    }

    private TagSigned verified(String id) throws GitTrouble {
        try {
            Path allowed = allowed();
            Path ring = ring();
            GitRunner.Ran ran = repository
                    .scratch()
                    .run(
                            List.of("-c", "gpg.ssh.allowedSignersFile=" + allowed, "verify-tag", "--raw", id),
                            new byte[0],
                            repository.patience(),
                            Map.of("GNUPGHOME", ring.toString()));
            Matcher by = BY.matcher(ran.err());
            if (ran.exit() == 0 && by.find()) {
                return new TagSigned.By(id, by.group(1) == null ? by.group(2) : by.group(1));
            }
            if (ran.err().contains("cannot run")) {
                return new TagSigned.Unknown("The signature of the tag %s cannot be checked here: %s"
                        .formatted(question.tag(), Words.ofErrors(ran.err())));
            }
            return ran.err().contains("no signature found")
                    ? unsigned("has no signature")
                    : new TagSigned.Not("The tag %s is not signed by an allowed key".formatted(question.tag()));
        } catch (IOException broken) {
            throw Opened.unusable(broken);
        }
    }

    /** Signers as ssh-keygen reads them: for tags and commits alone. */
    private Path allowed() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String key : question.sshKeys()) {
            lines.append("key-of-the-policy namespaces=\"git\" ").append(key).append('\n');
        }
        Path file = repository.scratch().gitDir().resolve(ALLOWED);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, lines);
    }

    /** A keyring of these keys alone. */
    private Path ring() throws IOException {
        Path ring = repository.scratch().gitDir().resolve(RING);
        Files.createDirectories(
                ring, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String block : question.openPgpKeys()) {
            GitRunner.Ran ran = repository
                    .scratch()
                    .beside(
                            GPG,
                            List.of(
                                    "--homedir",
                                    ring.toString(),
                                    "--batch",
                                    "--no-tty",
                                    "--quiet",
                                    "--no-autostart",
                                    "--import"),
                            block.getBytes(StandardCharsets.US_ASCII),
                            Map.of());
            if (ran.exit() != 0) {
                throw new GitTrouble("gpg cannot take a key of the policy: " + Words.ofErrors(ran.err()));
            }
        }
        return ring;
    }
}
