/** Announcements that are put on a page by its API: a status page, the text of a release at a Git host. */
@NullMarked
package dev.slipway.notification.page;

import org.jspecify.annotations.NullMarked;
