package dev.slipway.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A real repository with the branches {@code main} and {@code production}. */
public final class GitFixture implements AutoCloseable {
    private static final PersonIdent ADA = new PersonIdent("Ada", "ada@example.test");

    private final Git git;
    private final Path folder;

    private GitFixture(Git git, Path folder) {
        this.git = git;
        this.folder = folder;
    }

    public static GitFixture in(Path folder) throws GitAPIException, IOException {
        Git git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("main")
                .call();
        GitFixture fixture = new GitFixture(git, folder);
        fixture.commit("greeting.txt", "Hello\n");
        git.branchCreate().setName("production").call();
        return fixture;
    }

    public String url() {
        return "file:" + folder.toAbsolutePath();
    }

    public GitFixture on(String branch) throws GitAPIException {
        git.checkout().setName(branch).call();
        return this;
    }

    /** The id of the new commit. */
    public String commit(String file, String content) throws GitAPIException, IOException {
        Files.writeString(folder.resolve(file), content);
        git.add().addFilepattern(file).call();
        return git.commit()
                .setMessage("feat: " + file)
                .setAuthor(ADA)
                .setCommitter(ADA)
                .setSign(false)
                .call()
                .name();
    }

    public String head(String branch) throws IOException {
        return git.getRepository().resolve("refs/heads/" + branch).name();
    }

    @Override
    public void close() {
        git.close();
    }
}
