/** Questions to programs that speak HTTP/2 and nothing else, for those who have httpcore5-h2. */
@NullMarked
package dev.slipway.web.http2;

import org.jspecify.annotations.NullMarked;
