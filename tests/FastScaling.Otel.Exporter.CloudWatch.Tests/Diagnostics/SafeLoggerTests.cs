using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Diagnostics;

public class SafeLoggerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_logger_that_throws_reaches_nobody(bool isEnabled)
    {
        var logger = new SafeLogger(new ThrowingLogger(isEnabled));

        logger.SendingRecovered();
        logger.SendingFails("reason", 1);
        logger.LogError(new InvalidOperationException("x"), "message");
        Assert.Null(logger.BeginScope("scope"));
        Assert.Equal(isEnabled, logger.IsEnabled(LogLevel.Error));
    }

    [Fact]
    public void What_is_logged_passes_through()
    {
        var inner = new CapturingLogger();
        new SafeLogger(inner).OutcomeUnknown("no reply", 7);

        var line = Assert.Single(inner.Lines);
        Assert.Equal((LogLevel.Warning, 7), (line.Level, line.Id));
        Assert.Contains("7 data: no reply", line.Text, StringComparison.Ordinal);
    }

    private sealed class ThrowingLogger(bool isEnabled) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException("scope");

        public bool IsEnabled(LogLevel logLevel) => isEnabled ? true : throw new InvalidOperationException("enabled");

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("log");
    }
}
