/** What operators do around a running program: install, bring another release. */
@org.jspecify.annotations.NullMarked
package org.witan.validator.e2e.deploy;
