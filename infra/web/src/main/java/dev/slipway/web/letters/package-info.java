/** Dead letters over HTTP, the same in every service that has some. */
@NullMarked
package dev.slipway.web.letters;

import org.jspecify.annotations.NullMarked;
