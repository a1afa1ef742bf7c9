/* What only the browser can do: follow links without a reload, name and announce a new page,
   fit the chart to a narrow screen, open the tables for printing. Nothing is fetched here. */
(function () {
  "use strict";
  var narrow = window.matchMedia("(max-width: 640px)");
  var lastPath = null;
  var layouts = null;
  var chosen = null;

  function isPage(link) {
    return link && link.origin === location.origin && !link.hasAttribute("download") &&
      !link.target && /^\/dashboard\/[A-Z0-9]+\/(measure\/[a-z0-9_]+)?$/.test(link.pathname);
  }

  /* Links stay ordinary links; a plain click on one of ours changes the address instead. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href]") : null;
    var plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (event.defaultPrevented || !plain || !isPage(link)) { return; }
    if (link.hash && link.pathname === location.pathname) { return; }
    if (!document.getElementById("page")) { return; }
    event.preventDefault();
    chosen = link.getAttribute("href");
    history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });

  /* Dash draws the page anew: the link that was chosen gets the focus it had. */
  function focusChoice() {
    var again = chosen && document.querySelector('a[href="' + CSS.escape(chosen) + '"]');
    if (again && document.activeElement === document.body) { again.focus({ preventScroll: true }); }
  }

  /* On paper tables are open, and a chart may shrink to the page. */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (one) { one.open = true; });
    document.querySelectorAll(".chart .main-svg").forEach(function (one) {
      one.setAttribute("viewBox", "0 0 " + one.getAttribute("width") + " " + one.getAttribute("height"));
    });
  });

  narrow.addEventListener("change", function () {
    var drawn = document.querySelector("#trend .js-plotly-plot");
    if (layouts && drawn) {
      var figure = { data: drawn.data, layout: narrow.matches ? layouts.narrow : layouts.wide };
      window.dash_clientside.set_props("trend", { figure: figure });
    }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    page: {
      /* A new page: its title, the top of it, and its heading for people who listen. The first
         page and a choice within a page keep the focus; a choice is announced. */
      arrive: function (facts) {
        if (!facts) { return window.dash_clientside.no_update; }
        var first = lastPath === null;
        var moved = lastPath !== facts.path;
        lastPath = facts.path;
        document.title = facts.title;
        if (first) { return ""; }
        if (!moved) {
          requestAnimationFrame(focusChoice);
          return facts.status;
        }
        requestAnimationFrame(function () {
          var heading = document.querySelector("h1");
          window.scrollTo(0, 0);
          if (heading) { heading.focus({ preventScroll: true }); }
        });
        return "";
      },
      fit: function (given, figure) {
        layouts = given;
        if (!given || !figure || !narrow.matches) { return window.dash_clientside.no_update; }
        return { data: figure.data, layout: given.narrow };
      }
    }
  });
})();
