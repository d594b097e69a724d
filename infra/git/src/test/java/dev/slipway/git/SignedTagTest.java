package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.git.Answers.TagQuestion;
import dev.slipway.git.Answers.TagSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags as git signs them, with keys made by ssh-keygen and gpg: only the very tag of the very commit by an allowed key counts. */
final class SignedTagTest {
    private static final String WHO = "Ada <ada@example.test>";

    @TempDir
    Path folder;

    private final Git git = new Git(GitProgram.find(), GitOptions.ofThisUser());
    private Path repository;
    private Path ours;
    private Path foreign;
    private String released;

    @BeforeEach
    void a_repository_and_two_keys() throws Exception {
        repository = Files.createDirectory(folder.resolve("app"));
        run("git", "init", "-q", "-b", "main", ".");
        released = commit("one");
        ours = key("ours");
        foreign = key("foreign");
    }

    @AfterEach
    void nothing_is_left() {
        git.close();
    }

    private String commit(String name) throws Exception {
        Files.writeString(repository.resolve(name), name);
        run("git", "add", ".");
        run("git", "commit", "-q", "-m", name);
        return run("git", "rev-parse", "HEAD").strip();
    }

    private Path key(String name) throws Exception {
        Path key = folder.resolve(name);
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key.toString());
        return key;
    }

    private void sign(Path key, String tag, String commit) throws Exception {
        run("git", "-c", "gpg.format=ssh", "-c", "user.signingKey=" + key, "tag", "-f", "-s", "-m", tag, tag, commit);
    }

    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(repository.toFile());
        builder.environment()
                .putAll(Map.of(
                        "HOME", folder.toString(),
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GNUPGHOME", folder.resolve("ring").toString(),
                        "GIT_AUTHOR_NAME", "Ada",
                        "GIT_AUTHOR_EMAIL", "ada@example.test",
                        "GIT_COMMITTER_NAME", "Ada",
                        "GIT_COMMITTER_EMAIL", "ada@example.test"));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private TagSigned said(String tag, Path... keys) throws Exception {
        List<String> lines = new ArrayList<>();
        for (Path key : keys) {
            lines.add(Files.readString(Path.of(key + ".pub")).strip());
        }
        return git.tagSigned(new TagQuestion("file:" + repository, tag, released, lines, List.of()));
    }

    private static String why(TagSigned said) {
        assertThat(said).isInstanceOf(TagSigned.Not.class);
        return ((TagSigned.Not) said).why();
    }

    @Test
    void a_tag_is_signed_by_one_of_the_allowed_keys_and_the_key_is_named() throws Exception {
        sign(ours, "v1.0.0", released);

        TagSigned said = said("v1.0.0", foreign, ours);

        assertThat(said).isInstanceOf(TagSigned.By.class);
        assertThat(run("ssh-keygen", "-l", "-f", ours + ".pub")).contains(((TagSigned.By) said).by());
    }

    @Test
    void a_tag_by_another_key_or_by_none_does_not_count() throws Exception {
        sign(foreign, "v1.0.0", released);
        assertThat(why(said("v1.0.0", ours))).contains("not signed by an allowed key");
        assertThat(why(said("v1.0.0"))).contains("not signed by an allowed key");

        run("git", "tag", "-f", "-a", "-m", "x", "v1.0.0", released);
        assertThat(why(said("v1.0.0", ours))).contains("has no signature and is not signed. Sign it: git tag -f -s");
        run("git", "tag", "-f", "v1.0.0", released);
        assertThat(why(said("v1.0.0", ours))).contains("lightweight tag");
    }

    @Test
    void a_tag_of_another_commit_or_one_that_was_renamed_does_not_count() throws Exception {
        String other = commit("two");
        sign(ours, "v1.0.0", other);
        assertThat(why(said("v1.0.0", ours))).contains("names the commit " + other.substring(0, 10));

        sign(ours, "v0.9.0", released);
        run(
                "git",
                "update-ref",
                "refs/tags/v1.0.0",
                run("git", "rev-parse", "refs/tags/v0.9.0").strip());
        assertThat(why(said("v1.0.0", ours))).contains("calls itself by another name");
    }

    @Test
    void a_tag_whose_words_were_changed_after_it_was_signed_does_not_count() throws Exception {
        sign(ours, "v1.0.0", released);
        Path changed = Files.writeString(
                folder.resolve("changed"),
                run("git", "cat-file", "tag", "v1.0.0").replace("\n\nv1.0.0", "\n\nv1.0.1"));
        String id =
                run("git", "hash-object", "-t", "tag", "-w", changed.toString()).strip();
        run("git", "update-ref", "refs/tags/v1.0.0", id);

        assertThat(why(said("v1.0.0", ours))).contains("not signed by an allowed key");
    }

    @Test
    void what_this_machine_or_the_repository_trusts_counts_nothing() throws Exception {
        sign(foreign, "v1.0.0", released);
        Path signers = Files.writeString(folder.resolve("signers"), "x " + Files.readString(Path.of(foreign + ".pub")));
        run("git", "config", "gpg.ssh.allowedSignersFile", signers.toString());
        run("git", "config", "gpg.ssh.program", "/bin/true");

        assertThat(why(said("v1.0.0", ours))).contains("not signed by an allowed key");
    }

    @Test
    void a_tag_that_is_not_there_may_still_come() throws Exception {
        assertThat(said("v1.0.0", ours))
                .isInstanceOf(TagSigned.Unknown.class)
                .asString()
                .contains("There is no tag v1.0.0", "git tag -s");
        assertThat(said("v1 0", ours)).isInstanceOf(TagSigned.Unknown.class);
    }

    @Test
    void a_tag_is_signed_with_openpgp_too() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/gpg")), "gpg is not installed: tags of OpenPGP are not looked at");
        Path ring = Files.createDirectory(folder.resolve("ring"));
        ring.toFile().setReadable(false, false);
        ring.toFile().setReadable(true, true);
        run("gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", WHO, "ed25519", "sign", "never");
        String block = run("gpg", "--batch", "--armor", "--export", "ada@example.test");
        run("git", "-c", "user.signingKey=ada@example.test", "tag", "-s", "-m", "x", "v1.0.0", released);
        try {
            TagQuestion question = new TagQuestion("file:" + repository, "v1.0.0", released, List.of(), List.of(block));
            assertThat(git.tagSigned(question)).isInstanceOf(TagSigned.By.class);
            assertThat(why(said("v1.0.0", ours))).contains("not signed by an allowed key");
        } finally {
            run("gpgconf", "--homedir", ring.toString(), "--kill", "all");
        }
    }
}
