package dev.slipway.release.api;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.files.FileBytes;
import dev.slipway.release.files.FileBytes.FilesFull;
import dev.slipway.release.files.FileNeeds;
import dev.slipway.release.files.FileSettings;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Files that stand with answers: handed in before the answer that names them, and handed out as bytes to be saved. Whatever
 * somebody hands in, no browser shows it from here.
 */
@RestController
@RequestMapping("/api/v1/releases/{id}")
class FileController {
    private static final int ASCII_END = 0x7f;
    private static final Duration RETRY_WHEN_BUSY = Duration.ofSeconds(2);
    private static final Duration RETRY_WHEN_FULL = Duration.ofMinutes(10);

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final FileBytes files;
    private final FileSettings settings;
    private final Semaphore room;

    FileController(
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            FileBytes files,
            FileSettings settings) {
        this.releases = releases;
        this.keepings = keepings;
        this.files = files;
        this.settings = settings;
        this.room = new Semaphore(settings.handedInAtOnce());
    }

    /** Kept when it is answered; the same bytes again are kept once. What no answer names goes after a while. */
    @PostMapping("/duties/{duty}/files")
    @ResponseStatus(HttpStatus.CREATED)
    AnswerFile keep(
            @PathVariable String id,
            @PathVariable String duty,
            @RequestParam String name,
            HttpServletRequest request,
            @AuthenticationPrincipal Jwt token)
            throws IOException {
        SteeringController.email(Caller.of(token), "Whoever answers a duty");
        Dossier d = Known.release(releases, id);
        Policy policy = d.release().policy();
        if (policy == null || policy.duty(duty).isEmpty()) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND,
                    "no-duty",
                    "This release has no duty %s. GET /api/v1/releases/%s lists its duties."
                            .formatted(Texts.shown(duty), d.id()));
        }
        if (!AnswerFile.isName(name)) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "bad-name",
                    "A file's name has 1 to %d characters on one line, without / and \\. Say name=NAME."
                            .formatted(AnswerFile.NAME_CHARACTERS_MAX));
        }
        if (!room.tryAcquire()) {
            throw Problems.unavailable(
                    "files-busy",
                    "%d files are being taken in now, and no more at once (slipway.release.files.handed-in-at-once). Try again."
                            .formatted(settings.handedInAtOnce()),
                    RETRY_WHEN_BUSY);
        }
        try {
            return kept(d, name, request);
        } finally {
            room.release();
        }
    }

    private AnswerFile kept(Dossier d, String name, HttpServletRequest request) throws IOException {
        byte[] content = request.getInputStream().readAllBytes(); // the filter has bounded it
        if (content.length == 0) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "empty-file",
                    "There is nothing in the request. Send the file as its body.");
        }
        Digest digest = Digest.of(content);
        if (files.wanted(digest, d.id()).isEmpty() && files.of(d.id()) >= settings.ofReleaseMax()) {
            throw Problems.refused(
                    HttpStatus.CONFLICT,
                    "too-many-files",
                    "Release %s has %d files, and no more (slipway.release.files.of-release-max). Put more into one, or behind a link."
                            .formatted(d.id(), settings.ofReleaseMax()));
        }
        try {
            files.keep(digest, content, d.id());
        } catch (FilesFull full) {
            throw Problems.unavailable(
                    "files-full",
                    full.getMessage() + " (slipway.release.files.bytes-max). Ask an administrator for room.",
                    RETRY_WHEN_FULL);
        }
        return new AnswerFile(name, digest, content.length);
    }

    /** To be saved, whatever it is: its type is nobody's word, and a browser that opens it runs nothing of it. */
    @GetMapping(path = "/files/{digest}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Resource> file(@PathVariable String id, @PathVariable String digest) {
        Digest wanted = new Digest(digest);
        Dossier d = Known.release(releases, keepings, id);
        AnswerFile file = FileNeeds.named(d).stream()
                .filter(each -> each.digest().equals(wanted))
                .findFirst()
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.NOT_FOUND,
                        "no-file",
                        "No answer of release %s has a file with this digest. GET /api/v1/releases/%s names them."
                                .formatted(d.id(), d.id())));
        FileBytes.Content content = files.find(wanted)
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.NOT_FOUND,
                        "file-gone",
                        "The file %s is not kept any more. GET /api/v1/releases/%s/retention says what went when, and by which rule."
                                .formatted(Texts.shown(file.name()), d.id())));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(content.bytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(file.name()))
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .body(new InputStreamResource(content.stream()));
    }

    /** A name of ASCII is said plainly, as programs that know no more read that alone. */
    static String disposition(String name) {
        ContentDisposition.Builder attached = ContentDisposition.attachment();
        boolean plain = name.chars().allMatch(each -> each < ASCII_END);
        return (plain ? attached.filename(name) : attached.filename(name, StandardCharsets.UTF_8))
                .build()
                .toString();
    }
}
