/** What software is made of: bills of materials, their licences and vulnerabilities, and what is stated of these. Pure. */
@NullMarked
package dev.slipway.validation.evidence.components;

import org.jspecify.annotations.NullMarked;
