package dev.slipway.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the key that signs checkpoints, {@code signing.pem}, and every public key that ever signed here,
 * {@code <id>.pub.pem}. A change of keys replaces the first and adds to the others, so that old proofs stay proofs. Who
 * signs looks at the file's time and reads it again when it was replaced.
 */
public final class KeyFolder implements Signer {
    private static final String SIGNING = "signing.pem";
    private static final String PUBLIC = ".pub.pem";
    private static final System.Logger LOG = System.getLogger(KeyFolder.class.getName());

    private final Path folder;
    private @Nullable Signing signing;

    private record Signing(FileTime read, String id, PrivateKey key) {}

    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes a key where there is none. */
    public void ensure() throws IOException {
        if (!Files.exists(folder.resolve(SIGNING))) {
            rotate();
        }
    }

    /** Makes a new key to sign with; the old one is gone, its public half stays. Returns the new one's id. */
    public String rotate() throws IOException {
        KeyPair pair = generate();
        String id = ProofKeys.id(pair.getPublic());
        Files.createDirectories(folder);
        write(folder.resolve(id + PUBLIC), ProofKeys.pem(pair.getPublic())); // before anything is signed with it
        write(
                folder.resolve(SIGNING),
                "id: " + id + "\n"
                        + ProofKeys.pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        return id;
    }

    /** Signs; null, and a warning in the log, where the key cannot be read: a release does not wait for a signature. */
    @Override
    public synchronized @Nullable Checkpoint sign(String chain, Seal last, Instant at) {
        try {
            Signing now = current();
            byte[] statement = ProofKeys.statement(chain, last, at, now.id());
            return new Checkpoint(at, now.id(), ProofKeys.sign(now.key(), statement));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} is closed without a signature: no Ed25519 key can be read from {1}: {2}",
                    chain,
                    folder.resolve(SIGNING),
                    unreadable.toString());
            return null;
        }
    }

    /** Signs any bytes with the key of now: key id and signature, base64. */
    public synchronized Signed sign(byte[] bytes) throws IOException {
        try {
            Signing now = current();
            return new Signed(now.id(), ProofKeys.sign(now.key(), bytes));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new IOException("no Ed25519 key in " + folder.resolve(SIGNING), broken);
        }
    }

    /** A signature and whose it is. */
    public record Signed(String key, String signature) {}

    private Signing current() throws IOException, GeneralSecurityException {
        Path file = folder.resolve(SIGNING);
        FileTime written = Files.getLastModifiedTime(file);
        Signing known = signing;
        if (known == null || !known.read().equals(written)) {
            known = read(file, written);
            signing = known;
        }
        return known;
    }

    private static Signing read(Path file, FileTime written) throws IOException, GeneralSecurityException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        String id = lines.getFirst().replace("id:", "").strip();
        String body = String.join("", lines.subList(1, lines.size())).replaceAll("-----[A-Z ]+-----", "");
        byte[] der = Base64.getDecoder().decode(body);
        return new Signing(
                written, id, KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der)));
    }

    /** The public keys in PEM, by name; empty where there are none. */
    public List<String> publicKeys() throws IOException {
        List<String> pems = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(each -> each.toString().endsWith(PUBLIC))
                    .sorted()
                    .toList()) {
                pems.add(Files.readString(file));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        return pems;
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException("this JDK lacks Ed25519", everyJdkHasIt);
        }
    }

    /** Nobody but the owner reads it, and nobody ever half of it. */
    private static void write(Path file, String content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(part);
        }
        Files.writeString(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
