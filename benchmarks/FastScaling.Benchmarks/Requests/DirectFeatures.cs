using System.Collections;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FastScaling.Benchmarks.Requests;

/// <summary>
/// The features of a connection, reset for each request. As in Kestrel they hold the host's context, so that the hosting
/// layer uses its objects again instead of creating them for each request.
/// </summary>
internal sealed class DirectFeatures<TContext> : IFeatureCollection, IHostContextContainer<TContext>
    where TContext : notnull
{
    private readonly Dictionary<Type, object> _features = [];
    private readonly HttpRequestFeature _request = new();
    private readonly HttpResponseFeature _response = new();
    private readonly StreamResponseBodyFeature _body = new(Stream.Null);

    public TContext? HostContext { get; set; }

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public int StatusCode => _response.StatusCode;

    public object? this[Type key]
    {
        get => _features.GetValueOrDefault(key);
        set
        {
            Revision++;
            if (value is null)
            {
                _features.Remove(key);
            }
            else
            {
                _features[key] = value;
            }
        }
    }

    public void Reset()
    {
        _features.Clear();
        Revision++;
        _request.Method = "GET";
        _request.Scheme = "http";
        _request.Protocol = "HTTP/1.1";
        _request.PathBase = "";
        _request.Path = Service.Path;
        _request.RawTarget = Service.Path;
        _request.QueryString = "";
        _request.Headers.Clear();
        _request.Headers.Host = "localhost";
        _response.StatusCode = StatusCodes.Status200OK;
        _response.Headers.Clear();
        _features.Add(typeof(IHttpRequestFeature), _request);
        _features.Add(typeof(IHttpResponseFeature), _response);
        _features.Add(typeof(IHttpResponseBodyFeature), _body);
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
