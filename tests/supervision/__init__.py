"""Tests of starting, keeping alive and stopping the processes."""
