/* What only the browser can do: follow links and forms without a reload, name and announce a new
   page, put the interactive chart in the drawn one's place, open tables for printing. The page is
   whole without it. */
(function () {
  "use strict";
  var files = document.currentScript.dataset.files.split(" ");
  var warm = document.currentScript.dataset.warm.split(" "); // what Dash will ask for by itself
  var fetched = {};
  var running = null;
  var visits = 0;

  /* ---- From page to page ---- */

  function isPage(url) {
    return url.origin === location.origin && /^\/dashboard\/[A-Z0-9]+\/([a-z0-9_/]*)$/.test(url.pathname);
  }

  function fetchPage(href) {
    if (!fetched[href]) {
      fetched[href] = fetch(href, { headers: { Accept: "text/html" } }).then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.text();
      });
      setTimeout(function () { delete fetched[href]; }, 20000);
    }
    return fetched[href];
  }

  function visit(href, chosen, place) {
    var number = ++visits;
    fetchPage(href).then(function (text) {
      if (number !== visits) { return; }
      show(new DOMParser().parseFromString(text, "text/html"), chosen, place || 0);
    }).catch(function () { location.assign(href); });
  }

  function show(next, chosen, place) {
    var same = location.pathname === (shown || "").split("?")[0] && chosen;
    park();
    document.getElementById("page").replaceWith(next.getElementById("page"));
    document.title = next.title;
    shown = location.pathname + location.search;
    var again = same && twin(chosen);
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (again) {
      again.focus({ preventScroll: true });
    } else if (target) {
      target.setAttribute("tabindex", "-1");
      target.focus();
      target.scrollIntoView();
    } else {
      window.scrollTo(0, place);
      document.querySelector("h1").focus({ preventScroll: true });
    }
    document.getElementById("announce").textContent = document.getElementById("page").dataset.status;
    explore();
  }

  /* The link that was followed, on the page it led to: a choice that is turned on and off again
     leads elsewhere now, and another link may lead to the same address. */
  function twin(link) {
    var alike = Array.from(document.querySelectorAll("#page a[href]")).filter(function (one) {
      return one.textContent === link.textContent && one.className === link.className;
    });
    return alike.find(function (one) { return one.getAttribute("href") === link.getAttribute("href"); }) ||
      (link.matches(".choice") && alike[0]);
  }

  var shown = location.pathname + location.search;

  function go(href, chosen) {
    history.replaceState({ place: window.scrollY }, "");
    history.pushState({}, "", href);
    visit(href.split("#")[0], chosen);
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href]") : null;
    var plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (event.defaultPrevented || !plain || !link || link.hasAttribute("download") || link.target) { return; }
    var url = new URL(link.href);
    if (!isPage(url) || (url.hash && url.pathname + url.search === shown)) { return; }
    event.preventDefault();
    go(link.href, link);
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    var url = new URL(form.action);
    if (form.method !== "get" || !isPage(url)) { return; }
    event.preventDefault();
    var lists = {};
    new FormData(form).forEach(function (value, key) { (lists[key] = lists[key] || []).push(value); });
    url.search = new URLSearchParams(Object.keys(lists).map(function (key) { return [key, lists[key].join(",")]; }));
    go(url.href, null);
  });

  /* What a reader is about to choose is fetched while the finger moves. */
  function foresee(event) {
    var link = event.target.closest ? event.target.closest("a[href]") : null;
    if (link && !link.hasAttribute("download") && isPage(new URL(link.href))) {
      fetchPage(link.href.split("#")[0]).catch(unforeseen);
    }
  }
  /* Nobody waits for it yet: a click, or Dash, will ask again and be told. */
  function unforeseen() {}

  document.addEventListener("pointerover", foresee, { passive: true });
  document.addEventListener("focusin", foresee);

  window.addEventListener("popstate", function (event) {
    var place = event.state && event.state.place;
    if (location.pathname + location.search !== shown) { visit(location.href.split("#")[0], null, place); }
  });

  /* ---- The interactive chart: Dash draws it over the drawing, in the same box ---- */

  function island() { return document.getElementById("react-entry-point"); }

  function park() {
    var chart = document.getElementById("chart");
    if (chart) { delete chart.dataset.live; }
    island().hidden = true;
    document.body.appendChild(island());
  }

  /* Only when the page has been painted: what can be read comes before what can be pointed at. */
  function explore() {
    afterPaint(function () {
      var chart = document.getElementById("chart");
      if (!chart) { return; }
      chart.querySelector(".explore").appendChild(island());
      island().hidden = false;
      if (running) { afterPaint(function () { redraw(visits); }); } else { (running = start()).catch(stay); }
    });
  }

  function redraw(what) {
    running.then(function () { window.dash_clientside.set_props("shown", { data: what }); }, stay);
  }

  /* Where the files do not come, the drawing stays, and the browser's own record says why. */
  function stay(error) { console.warn("The chart stays a drawing: " + error.message); }

  function afterPaint(work) {
    requestAnimationFrame(function () { setTimeout(work); });
  }

  function start() {
    warm.forEach(function (file) { fetch(file).catch(unforeseen); });
    return Promise.all(files.map(load)).then(function () {
      window.renderer = new window.DashRenderer();
      return standing();
    });
  }

  /* Dash can be told something only when what it tells of stands in the page. */
  function standing() {
    return new Promise(function (resolve) {
      function look() {
        if (!document.getElementById("trend")) { return; }
        seen.disconnect();
        resolve();
      }
      var seen = new MutationObserver(look);
      seen.observe(document.body, { childList: true, subtree: true });
      look();
    });
  }

  function load(file) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = file;
      script.async = false; // all are fetched at once and run in their order
      script.onload = resolve;
      script.onerror = function () { reject(new Error("could not load " + file)); };
      document.body.appendChild(script);
    });
  }

  /* The chart is made at the drawing's own size and scaled as a whole, as the drawing is. */
  function figure() {
    var box = document.getElementById("chart");
    var data = document.getElementById("chart-data");
    if (!box || !data) { return window.dash_clientside.no_update; }
    var small = getComputedStyle(box.querySelector(".chart-svg-wide")).display === "none";
    var shown = box.querySelector(small ? ".chart-svg-narrow" : ".chart-svg-wide");
    var made = JSON.parse(data.textContent)[small ? "narrow" : "wide"];
    box.style.setProperty("--scale", shown.getBoundingClientRect().width / made.layout.width);
    // Plotly 4.1.1 leaves lines of the chart before behind where the new one has fewer of them.
    document.querySelectorAll(".explore .shape-group").forEach(function (line) {
      if (Number(line.dataset.index) >= made.layout.shapes.length) { line.remove(); }
    });
    return made;
  }

  /* The drawing gives way when the chart of this very page is there. */
  new MutationObserver(function () {
    var chart = document.getElementById("chart");
    var plot = chart && chart.querySelector(".js-plotly-plot");
    if (plot && !plot.dataset.heard) {
      plot.dataset.heard = "yes";
      plot.on("plotly_afterplot", function () {
        var now = document.getElementById("chart");
        if (now && plot.data && plot.data.length && now.contains(plot)) { now.dataset.live = "yes"; }
      });
    }
  }).observe(document.body, { childList: true, subtree: true });

  var width = window.innerWidth;
  window.addEventListener("resize", function () {
    if (running && window.innerWidth !== width) {
      width = window.innerWidth;
      redraw("width " + width);
    }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { page: { figure: figure } });

  /* On paper tables are open, and the drawing stands for the chart. */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details").forEach(function (one) { one.open = true; });
  });

  explore();
})();
