package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.AnnouncementView;
import dev.slipway.contracts.release.AnnouncementView.Channel;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.notes.Announcement;
import dev.slipway.release.notes.History;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Drafts of what may be told of a release to those who use it, for a channel. */
@RestController
class AnnouncementController {
    static final Map<String, Channel> CHANNELS =
            Map.of("mail", Channel.MAIL, "chat", Channel.CHAT, "text", Channel.TEXT);

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final History history;

    AnnouncementController(
            Aggregates<Dossier, ReleaseInput> releases, Aggregates<Keeping, KeepingInput> keepings, History history) {
        this.releases = releases;
        this.keepings = keepings;
        this.history = history;
    }

    @GetMapping("/api/v1/releases/{id}/announcement")
    AnnouncementView draft(@PathVariable String id, @RequestParam String channel) {
        Channel written = CHANNELS.get(channel);
        if (written == null) {
            throw new IllegalArgumentException("channel is mail, chat or text; it is " + Texts.shown(channel));
        }
        Dossier d = Known.release(releases, keepings, id);
        return Announcement.of(d, NotesReading.of(d, history), written);
    }
}
