/** Tests of dashboard and alerts, and of the metrics that they stand on. */
package monitoring;
