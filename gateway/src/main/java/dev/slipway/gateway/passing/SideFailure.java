package dev.slipway.gateway.passing;

import dev.slipway.gateway.samples.Answer;
import java.util.Optional;

/** Why a version did not answer a request, and what that means: to the client and to whoever judges the version. */
public enum SideFailure {
    /** No connection came about, so nothing was sent. */
    NOT_CONNECTED(502, "version-unreachable", "could not be reached"),
    /** The connection ended before an answer; whether the version did what was asked is not known. */
    NO_ANSWER(502, "version-gave-no-answer", "ended the connection without an answer"),
    /** What came is no answer in HTTP. */
    UNREADABLE(502, "answer-unreadable", "answered with what is not HTTP"),
    /** No first byte in time; whether the version did what was asked is not known. */
    TIMED_OUT(504, "version-timed-out", "did not begin to answer in time (traffic.firstByteWithin in its policy)"),
    /** An answer began and was not ended. */
    BROKE_OFF(502, "answer-broke-off", "broke its answer off"),
    /** The client sent more than it may. */
    TOO_LARGE(413, "body-too-large", ""),
    /** The client did not go on with its body. */
    BODY_LATE(408, "body-late", ""),
    /** The client went away, or its request broke off. */
    CLIENT_GONE(400, "request-broken-off", "");

    private final int status;
    private final String code;
    private final String what;

    SideFailure(int status, String code, String what) {
        this.status = status;
        this.code = code;
        this.what = what;
    }

    /** Whether the version is to blame. */
    public boolean isOfTheVersion() {
        return this != TOO_LARGE && this != BODY_LATE && this != CLIENT_GONE;
    }

    /** What the version is counted for; nothing where it was the client. */
    public Optional<Answer> counted(long nanos) {
        return switch (this) {
            case NOT_CONNECTED -> Optional.of(Answer.noConnection(nanos));
            case TIMED_OUT -> Optional.of(Answer.timeOut(nanos));
            case NO_ANSWER, UNREADABLE, BROKE_OFF -> Optional.of(Answer.brokeOff(nanos));
            case TOO_LARGE, BODY_LATE, CLIENT_GONE -> Optional.empty();
        };
    }

    /**
     * What the client is told.
     *
     * @param version of the release that did not answer
     */
    public Refusal told(String version) {
        return switch (this) {
            case TOO_LARGE -> Refusal.BODY_TOO_LARGE;
            case BODY_LATE ->
                new Refusal(status, code, "The body did not go on in time. Send it again, without long pauses.", true);
            case CLIENT_GONE -> new Refusal(status, code, "The request broke off. Send it again, whole.", true);
            case NOT_CONNECTED, NO_ANSWER, UNREADABLE, TIMED_OUT, BROKE_OFF ->
                new Refusal(status, code, "Version " + version + " " + what + ". Try again.", false);
        };
    }

    /**
     * Whether it may be told as that of a version which does not run: nothing was sent to it, or whoever asked may ask again
     * whatever became of it.
     *
     * @param method of the request
     */
    public boolean mayBeAway(String method, boolean body) {
        return this == NOT_CONNECTED || triedAgain(method, body);
    }

    /**
     * Whether the request may be tried once more on the same side: it had no body, nothing of an answer came, and to do it
     * twice is to do it once (RFC 9110 section 9.2.2 forbids it to proxies for other methods).
     *
     * @param method of the request
     */
    public boolean triedAgain(String method, boolean body) {
        return this == NO_ANSWER
                && !body
                && switch (method) {
                    case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
                    default -> false;
                };
    }
}
