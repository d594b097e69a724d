/** What files at a revision have to be: version strings, configurations that fit a schema, links. Pure. */
@NullMarked
package dev.slipway.validation.files;

import org.jspecify.annotations.NullMarked;
