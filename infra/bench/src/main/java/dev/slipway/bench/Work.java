package dev.slipway.bench;

/** What a client does, over and over, on each of its connections. */
public enum Work {
    /** GET an answer of so many bytes. */
    BYTES,
    /** POST so many bytes in chunks of 16 KiB; the version says whether they came as they were sent. */
    UPLOAD,
    /** GET an event stream of so many events that come one by one and end. */
    EVENTS,
    /** Echo WebSocket messages of so many bytes. */
    ECHO,
    /** GET an event stream that never ends, with an event every so many milliseconds. */
    TICKS,
    /** One small answer, then silence on an open connection. */
    IDLE,
    /** GET so many bytes and read a kilobyte of them a second. */
    SLOW_READER,
    /** GET 1 KB from a version that takes so many milliseconds for it. */
    SLOW_VERSION,
    /** POST CDEvents, each with an id of its own, to the API. */
    PUBLISH,
    /** GET a list from the API. */
    API,
    /** POST an abort to the API. */
    COMMAND,
    /** Write records to the broker, with no gateway between: so many at a time. */
    PRODUCE
}
