using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FastScaling.Benchmarks.Experiments;

/// <summary>An endpoint that takes anything and notes when it came.</summary>
internal sealed class CallBook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<DateTimeOffset> _calls = [];
    private readonly Lock _lock = new();

    private CallBook()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/", () =>
        {
            lock (_lock)
            {
                _calls.Add(DateTimeOffset.UtcNow);
            }

            return Results.Ok();
        });
    }

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IReadOnlyList<DateTimeOffset> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public static async Task<CallBook> StartAsync()
    {
        var book = new CallBook();
        await book._app.StartAsync();
        return book;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
