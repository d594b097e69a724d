package dev.slipway.deployment.target;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.deployment.environment.Instance;
import dev.slipway.deployment.target.Secrets.Secret;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a running version was started with is still there as it was: the values of its secrets, by fingerprint, and
 * its artifacts, by digest. Files are read again only when their size, times or place on the disk have changed since they
 * were read last, so that it can be looked often; each start compares everything anyway.
 */
public final class AsStarted {
    private final TargetSettings settings;
    private final Secrets secrets;
    private final Fingerprints fingerprints;
    private final Archives archives;
    /** By place on the disk: how it looked when it was read, and whether it was as released. */
    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

    public AsStarted(TargetSettings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
        this.fingerprints = new Fingerprints(settings.directory());
        this.archives = new Archives(settings);
    }

    private record Seen(String look, boolean asReleased) {}

    /**
     * What is otherwise, sorted by kind and name; nothing at all where this machine does not run it.
     *
     * @param artifacts that it was made of
     * @throws IOException if the disk is in trouble: what is there is not known then
     */
    public Optional<List<SettingChange>> changes(String key, List<Artifact> artifacts) throws IOException {
        KeyFolder folder = new KeyFolder(settings.directory(), key);
        if (!folder.known()) {
            return Optional.empty();
        }
        ProcessRecord record = folder.read();
        if (record.state() != ProcessRecord.State.RUNNING) {
            return Optional.empty();
        }
        List<SettingChange> changes = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            SettingChange change = change(artifact, folder.workDirectory());
            if (change != null) {
                changes.add(change);
            }
        }
        Facts facts = Facts.ofKey(key);
        for (Map.Entry<String, String> known : new TreeMap<>(record.secrets()).entrySet()) {
            SettingChange change = change(facts, known.getKey(), known.getValue());
            if (change != null) {
                changes.add(change);
            }
        }
        return Optional.of(changes);
    }

    private @Nullable SettingChange change(Facts facts, String name, String started) throws IOException {
        return switch (secrets.read(facts.environment().application(), name)) {
            case Secret.Refused _ ->
                new SettingChange("secret " + name, "fingerprint " + started, "cannot be read any more");
            case Secret.Value(String value) -> {
                String present = fingerprints.of(value);
                yield present.equals(started) ? null : Instance.secretChange(name, started, present);
            }
        };
    }

    private @Nullable SettingChange change(Artifact artifact, Path workDirectory) throws IOException {
        boolean archive = Collecting.isArchive(artifact);
        Path place = archive ? archives.place(artifact.digest()) : workDirectory.resolve(artifact.called());
        String was = "digest " + artifact.digest().brief();
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return new SettingChange("artifact " + artifact.called(), was, "gone from " + place);
        }
        String look = look(place);
        Seen before = seen.get(place);
        boolean same;
        if (before != null && before.look().equals(look)) {
            same = before.asReleased();
        } else {
            same = isAsReleased(artifact, archive, place);
        }
        seen.put(place, new Seen(look, same));
        return same ? null : new SettingChange("artifact " + artifact.called(), was, "changed in " + place);
    }

    private boolean isAsReleased(Artifact artifact, boolean archive, Path place) throws IOException {
        if (archive) {
            return archives.holdsAll(artifact.digest());
        }
        return Files.isRegularFile(place) && ArtifactStore.digest(place).equals(artifact.digest());
    }

    /** Changes with each file that is added, removed, replaced or written below a place. */
    private static String look(Path place) throws IOException {
        StringBuilder look = new StringBuilder();
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                look.append(place.relativize(file))
                        .append(' ')
                        .append(attributes.size())
                        .append(' ')
                        .append(attributes.lastModifiedTime().toInstant())
                        .append(' ')
                        .append(attributes.fileKey())
                        .append('\n');
                return FileVisitResult.CONTINUE;
            }
        });
        return Digest.of(look.toString()).hex();
    }

    /** Nothing is remembered of files that are gone. */
    public void forgetGone() {
        seen.keySet().removeIf(Files::notExists);
    }
}
