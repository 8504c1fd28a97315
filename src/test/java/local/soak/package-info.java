/** The soak: writes, kills and faults at random for minutes, then a comparison that must find nothing. */
package local.soak;
