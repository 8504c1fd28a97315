/** What load asks of capture: to read a table again. It travels by objects in the bucket, as the two know nothing of each other. */
package floe.requests;
