/** Load's ledger of the marks of records that have arrived: where numbers are missing, lines are. */
package floe.ledger;
