/**
 * JSON as files of Witan use it: read strictly, with the place of every problem, and written in one
 * canonical form.
 *
 * <p>Start at {@link StrictJson}, which turns bytes into a {@link Value}, and {@link FieldReader},
 * which takes the fields of one object and says all that is wrong with them. {@link JsonText}
 * writes: canonically for hashing (RFC 8785, restricted to objects, arrays, strings, booleans and
 * integers) and indented for people.
 *
 * <p>Pure. Source: RFC 8785; docs/protocol/genesis.md, G1 to G3.
 */
@NullMarked
package org.witan.genesis.json;

import org.jspecify.annotations.NullMarked;
