using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastScaling.Lab.Live.Tasks;

/// <summary>The work of a task: so many requests at a time, each of which waits as for a database. So a task saturates at a known rate.</summary>
internal sealed class WorkGate : IDisposable
{
    private readonly SemaphoreSlim _free;
    private readonly double _service;
    private double _dependency;

    public WorkGate(TaskSettings settings)
    {
        _free = new SemaphoreSlim(settings.Concurrency);
        _service = settings.ServiceMilliseconds;
        _dependency = settings.DependencyMilliseconds;
    }

    /// <summary>Milliseconds that the dependency takes.</summary>
    public double Dependency
    {
        get => Volatile.Read(ref _dependency);
        set => Volatile.Write(ref _dependency, value);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var arrived = Stopwatch.GetTimestamp();
        await _free.WaitAsync(context.RequestAborted);
        try
        {
            var waited = Stopwatch.GetElapsedTime(arrived);
            context.Response.Headers[TaskPipe.WaitedHeader] = waited.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
            context.Response.Headers[TaskPipe.ProcessHeader] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

            // Half to one and a half times as long: no two requests are alike.
            await Task.Delay(TimeSpan.FromMilliseconds((_service * (0.5 + Random.Shared.NextDouble())) + Dependency), context.RequestAborted);
        }
        finally
        {
            _free.Release();
        }

        await context.Response.WriteAsync("done\n", context.RequestAborted);
    }

    public void Dispose() => _free.Dispose();
}
